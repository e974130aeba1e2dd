import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

const here = (path: string) => resolve(import.meta.dirname, path);

/** The pages are written for React and run on Preact, a tenth of its size (docs/adr/0006). */
export const onPreact = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: "preact/compat/jsx-runtime" },
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react(-dom)?$/, replacement: "preact/compat" },
];

/** The pages: kiosk and desk, the same in both shells and at the hub, and that of relatives, at the hub alone. */
export const pages = {
  root: here("renderer"),
  plugins: [react()],
  resolve: { alias: onPreact },
  base: "./",
  build: {
    outDir: here("out/renderer"),
    emptyOutDir: true,
    minify: true,
    rolldownOptions: {
      input: {
        kiosk: here("renderer/kiosk/index.html"),
        desk: here("renderer/desk/index.html"),
        family: here("renderer/family/index.html"),
      },
    },
  },
} satisfies UserConfig;

export default pages;
