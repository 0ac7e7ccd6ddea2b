"""The Swedish words that the engine itself puts on a page; everything else is written by editors."""

from __future__ import annotations

SHORT_ANSWER = "Kort svar"
SAY = "Säg så här"
DO_NOT_ASK = "Fråga inte"
WHO_DECIDES = "Vem avgör"
UNCERTAIN = "Osäkert"
CHANGED = "Ändrat sedan 2010"

QUESTION = "Fråga {number} av {total}"
SCENARIO = "Situationen"
SCENARIO_AGAIN = "Samma situation som i förra frågan."
REPORT = "Rapportera frågan"
REPORT_SUBJECT = "Handboken: frågan {id}, version {version}"
REPORT_BODY = """Fråga: {id}
Innehållets version: {version}

Vad är fel eller oklart?



Skriv inget om enskilda personer. Mejl till kommunen är normalt allmänna handlingar.
"""
CHECK = "Rätta"
KEY = "Svar och förklaring"
CORRECT_CHOICE = "rätt svar"
WRONG_CHOICE = "fel svar"
MISSING_IT = " Att missa det {meaning}."
NOT_CHOSEN = "Om du inte väljer det:"
CHECKS = {"branching": "Säg det", "dilemma": "Visa resonemangen"}
HINTS = {
    "choice": "Välj ett svar.",
    "multiple_response": "Välj ett eller flera svar.",
    "order": "Lägg stegen i rätt ordning.",
    "match": "Välj det som hör ihop.",
    "text_entry": "Skriv ett svar.",
    "numeric": "Skriv ett tal eller ett datum.",
    "hottext": "Markera det som ska maskeras.",
    "branching": "Välj vad du säger. Samtalet går vidare.",
    "dilemma": "Det finns inget facit. Välj det du lutar åt.",
}
STEP = "Steg {number}:"
MOVE_UP = "Flytta upp"
MOVE_DOWN = "Flytta ner"
SELECT = "Välj …"
YOUR_ANSWER = "Ditt svar"
RIGHT_ANSWER = "Rätt svar: {answer}."
MASK = "Maskera"
LEAVE = "Låt stå"
WELL_SAID = "bra sagt"
BADLY_SAID = "inte bra sagt"
GO_TO = "Gå till {number}."
ENDINGS = {"good": "gott slut", "poor": "dåligt slut", "harm": "skada"}
CALL_GRAPH = "Samtalet {id} som graf. Samma sak står i listan under bilden."
TURN = "Replik {number}: {text}."
RULE_SOURCE = "Regel: "
LAW_SOURCE = "Lagrum: "
QUARANTINED = (
    "Lagen har ändrats sedan frågan granskades ({provisions}). "
    "Läs regeln först; frågan räknas inte i prov förrän den är granskad."
)

SEVERITIES = {
    "leak": "röjer en uppgift som kan vara hemlig",
    "unlawful_refusal": "nekar något som ska lämnas ut eller prövas",
    "unlawful_asking": "frågar efter något som lagen inte låter dig fråga om",
    "delay": "fördröjer svaret",
    "poor_service": "ger sämre hjälp än personen har rätt till",
}

OPEN_EXERCISE = "Öppna övningen (cirka {megabytes} MB första gången)"
EXERCISE_CELL = "Rutan i övningsprogrammet"
EXERCISE_NOTE = (
    "Övningen öppnas i ett program i webbläsaren. Det du skriver där försvinner när du stänger sidan. "
    "Menyerna är på engelska. Du behöver tre ord: <kbd>Run</kbd> kör en ruta, "
    "<kbd>Restart</kbd> börjar om och <kbd>Close</kbd> stänger. "
    "Samma frågor finns här nedanför, om du hellre svarar på sidan."
)
RESULT_FILES = "Välj deltagarnas resultatfiler, eller släpp dem här"
RESULT_FILES_JOINED = "Alla resultat i en text"
EXERCISE_OUTCOMES = {
    "correct": "Rätt.",
    "partly": "Delvis rätt.",
    "wrong": "Inte än.",
    "unanswered": "Du har inte svarat än. Byt ut frågetecknet mot ditt svar och kör rutan igen.",
    "considered": "Här finns inget facit. Läs vad som talar för och emot.",
    "error": "Svaret kunde inte rättas.",
}

CONFIDENCES = {"high": "hög", "medium": "medel", "low": "låg"}
STRENGTH_NONE = "ingen sekretessregel"

PROVISIONS = "Lagrum"
STRENGTH = "Styrka"
GIST = "Innebörd"
SECRECY_TIME = "Hemligt längst"
APPLIES = "Gäller"
INFORMANTS = "Meddelarfrihet"
AMENDED = "Senast ändrad"
AMENDED_TEXT = "{series} {number}, i kraft {date}"
FORMERLY = "Tidigare nummer"
SOURCES = "Källor"
CONFIDENCE = "Säkerhet"
NOTE = "Att tänka på"
CITED_BY = "Används i"
QUESTIONS_COUNT = "{count} övningsfrågor"
QUESTION_COUNT_ONE = "1 övningsfråga"
NOT_CITED = "Ingen regel ännu"
IN_FORCE = "Gäller i denna form sedan"
LAST_CHECKED = "Senast granskad"
OWNER = "Ansvarig"
SEARCH_WORDS = "Kallas också"
COURSE_QUESTIONS = "Svarar på kursfråga"
THIS_EDITION = "I den här utgåvan"
DEFAULT_VALUE = "Förslag"
BOUND = "Lagens gräns"
REASON = "Varför"

PRINT_CARD = "Skriv ut som kort"
SHORT_LINK = "Kortlänk"
BETWEEN_LINKS = " · "
PICTURE_IN_WORDS = "Bilden i ord"
BEFORE = "{old} före {date}, nu "
UNCERTAIN_COUNTS = {
    "rules": "{count} av {total} regler har säkerheten medel eller låg.",
    "provisions": "{count} av {total} bestämmelser i lagregistret har säkerheten medel eller låg.",
}
DECIDED_BY = "Vem avgör: {who}."

PRACTISE = "Öva"
ABOUT_RULE = "Om regeln"

ROLES = {"vaxel": "Växel", "reception": "Reception", "registratur": "Registratur", "kansli": "Kansli"}
COVERAGE_MODULE = "Modul"
COVERAGE_CELL = "{total} ({leaks})"
EXAM_ON_SCREEN = "Provet görs på webben. Frågorna finns att läsa på modulernas sidor."
EXAM_NO_SCRIPT = "Utan JavaScript kan inga frågor dras. De finns att läsa, med svar, på modulernas sidor."
EXAM_MODULE = "Modul"
EXAM_ALL_MODULES = "Alla moduler"
EXAM_ROLE = "Din roll"
EXAM_SEED = "Provkod, om du har fått en"
EXAM_SEED_HINT = "Samma kod ger samma prov. Utan kod får du ett nytt prov."
PRACTICE_SEED_HINT = "Samma kod ger samma frågor. Utan kod får du nya."
EXAM_BEGINS = {
    "pre": "Börja provet",
    "final": "Börja provet",
    "practice": "Börja öva",
    "repetition": "Hämta veckans fem",
}
PRACTICE_AGAIN = "Fler frågor"
REPETITION_CALENDAR = "Spara dagarna i din kalender"
EXAM_SEED_IS = "Provkod:"
EXAM_HAND_IN = "Lämna in provet"
EXAM_CLEAR = "Avsluta och rensa"
EXAM_SAVE = "Spara resultatet som en fil"
EXAM_SAVE_HINT = (
    "Filen stannar på din dator tills du själv lämnar den vidare. Den har dina svar men inte ditt namn. "
    "Om kommunen samlar sådana filer kan de bli allmänna handlingar."
)
CERTIFICATE = "Intyg"
CERTIFICATE_COURSE = "Slutprov i {title}"
CERTIFICATE_NAME = "Namn på intyget (sparas inte)"
CERTIFICATE_FACTS = {
    "date": "Datum",
    "percent": "Resultat",
    "role": "Roll",
    "seed": "Provkod",
    "content_version": "Innehållets version",
    "check_code": "Kontrollkod",
}
CERTIFICATE_PRINT = "Skriv ut intyget"

OUTCOMES = {"kept": "behållen", "corrected": "rättad", "retired": "struken"}
TODAY_IN = "Står i dag under: "
NO_ANSWER = "Inget svar ännu"
COVERAGE_COLUMNS = ("Id", "Kursfråga", "Svaret står i", "Övningsfrågor")
COVERAGE_FIGURES = (
    "{answered_course} av {course} kursfrågor har ett svar.",
    "{answered_added} av {added} frågor som har kommit till efteråt har ett svar.",
    "{practised} av {total} frågor övas av minst två övningsfrågor.",
    "{accounted} av {policy} regler i källorna är prövade.",
    "{kept} är behållna, {corrected} är rättade och {retired} är strukna.",
)

GUIDE_REASON = "Varför"
GUIDE_HAND_OVER = "Lämna över till"
GUIDE_MORE = "Läs mer:"
GUIDE_PROVISIONS = "Lagrum:"
GUIDE_ASKS = "Här får kommunen fråga vem personen är, för det behövs för att pröva sekretessen."
GUIDE_FLOW = "Flödet i guiden ”Får jag lämna ut?”. Samma sak står som text under bilden."
GUIDE_FLOW_TEXT = "Flödet som text"
GUIDE_AGAIN = "Gå till {number}."
GUIDE_CHECKED = "Guiden är granskad mot lagen {date}."

OTHER_SUBJECTS = "Övrigt"
NO_CHANGES = "Inget är ändrat ännu."
CHANGED_PAGES = "Sidor:"
CHANGED_ALL = "alla regler"
FROM_DAY = "Från {date}"
NO_POLICY = "Inga regler hänvisar till en policy ännu."
COMING = "Inte lag i dag"
COMING_STAGES = {
    "decided": "Beslutad, gäller inte ännu",
    "proposed": "Föreslagen",
    "inquiry": "Utreds",
    "unconfirmed": "Inte bekräftad",
}
COMING_FROM = "Gäller tidigast"
COMING_UNKNOWN = "dag saknas"
COMING_MEANING = "Vad det kan betyda"
COMING_UNCERTAIN = "Hur säkert det är"
COMING_RULES = "Rör"
POLICY_PAGE = "Läs policyn:"
POLICY_RULES = "Regler i policyerna, efter nummer"
