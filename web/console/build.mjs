// Builds dist/, which `inkling serve --console` serves.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPages } from "../shared/build.mjs";

await buildPages(dirname(fileURLToPath(import.meta.url)));
