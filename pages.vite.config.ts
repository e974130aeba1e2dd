import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

const here = (path: string) => resolve(import.meta.dirname, path);

/** The two pages, the same in both shells and at the hub. */
export const pages = {
  root: here("renderer"),
  plugins: [react()],
  base: "./",
  build: {
    outDir: here("out/renderer"),
    emptyOutDir: true,
    minify: true,
    rollupOptions: { input: { kiosk: here("renderer/kiosk/index.html"), desk: here("renderer/desk/index.html") } },
  },
} satisfies UserConfig;

export default pages;
