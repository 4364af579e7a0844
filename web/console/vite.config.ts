import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `inkling serve --console web/console/dist` serves what this builds, at /console. While developing, `vite` passes the
// API on to a server that runs beside it.
export default defineConfig({
  plugins: [react()],
  base: "/console/",
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { "/v1": "http://127.0.0.1:8080" } },
});
