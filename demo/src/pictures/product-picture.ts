import type { DemoProduct, DemoVariant } from "../types.ts";
import { drawPicture } from "./draw.ts";

/** The picture of a product, or of one of its variants where they look different (glazes): a whole SVG document. */
export function productPicture(product: Pick<DemoProduct | DemoVariant, "picture">): string {
  return drawPicture(product.picture);
}
