import type { EdgeLoader } from "./edge.js";

export const loadEdge: EdgeLoader = () => Promise.reject(new Error("the core is not part of this build"));
