"""Tables of queries, and the engine of the look-up in Node."""
