// A shape draws one kind of goods into a square of 240, standing on y = 196, lit from the left.
import type { ReactElement } from "react";
import type { Palette } from "./palette";

export type Shape = (p: Palette, variant: number) => ReactElement; // variant: 0, 1 or 2, of the same kind of goods
