import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

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
  renderer: {
    root: here("renderer"),
    plugins: [react()],
    base: "./",
    build: {
      outDir: here("out/renderer"),
      emptyOutDir: true,
      minify: true,
      rollupOptions: { input: { kiosk: here("renderer/kiosk/index.html"), desk: here("renderer/desk/index.html") } },
    },
  },
});
