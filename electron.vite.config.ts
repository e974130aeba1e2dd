import { resolve } from "node:path";
import { defineConfig } from "electron-vite";
import { pages } from "./pages.vite.config.ts";

const here = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      // The journal's worker is a file of its own: it is started as a thread, not imported.
      rollupOptions: {
        input: { main: here("electron/main.ts"), worker: here("station/store/worker.ts") },
        output: { format: "es", entryFileNames: "[name].js" },
      },
    },
  },
  preload: {
    // A sandboxed preload must be CommonJS.
    build: {
      outDir: "out/preload",
      rollupOptions: {
        input: { preload: here("electron/preload.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: pages,
});
