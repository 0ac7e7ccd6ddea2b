// Pagefind as its own documentation shows it: fetched at the first focus, searched at every key, nothing delayed.
const field = document.getElementById("field");
const hits = document.getElementById("hits");
let library;
let latest = 0;

const load = () => (library ??= import(new URL("pagefind/pagefind.js", location.href).href));

/** The first results with their text, as [address, title, excerpt]. */
globalThis.ask = async (text, most) => {
  const { results } = await (await load()).search(text);
  const found = await Promise.all(results.slice(0, most).map((result) => result.data()));
  return found.map(({ url, meta, excerpt }) => [url, meta.title, excerpt]);
};

field.addEventListener("focus", load);
field.addEventListener("input", async () => {
  const turn = (latest += 1);
  const found = await globalThis.ask(field.value, 6);
  if (turn !== latest) return;
  hits.replaceChildren(
    ...found.map(([url, title, excerpt]) => {
      const [item, link, text] = ["li", "a", "p"].map((name) => document.createElement(name));
      link.href = url;
      link.textContent = title;
      text.innerHTML = excerpt;
      item.append(link, text);
      return item;
    }),
  );
});
