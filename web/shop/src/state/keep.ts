// What the shop keeps in the browser.
import { Storekeeper } from "../../../shared/keep";

export * from "../../../shared/keep";
export const { recall, keep, forget } = new Storekeeper("shop");
