import "../desk/no-eval.ts";

// Loaded after, not beside: modules that make schemas must not run before the line above.
void import("./start.tsx");
