// The browser tests' helpers are plain modules, which figures run without a compiler.
declare module "*.mjs";
