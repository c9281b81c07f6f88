/**
 * What pictures are asked for in: for a thumbnail, a card, the page of a product, and for shop windows of others and mail, which take no
 * drawings and no WebP. `longest`: the longest side in pixels; what is smaller stays as it is.
 */
export const PICTURE_SIZES = {
  small: { longest: 192, ending: "webp" },
  medium: { longest: 480, ending: "webp" },
  large: { longest: 1200, ending: "webp" },
  feed: { longest: 1200, ending: "jpg" },
} as const;
export type PictureSize = keyof typeof PICTURE_SIZES;

/** Where a picture is in a size: `/pictures/<hash>/medium.webp`. What is no picture of the hub stays where it is. */
export function pictureAt(url: string, size: PictureSize): string {
  return url.replace(/^(\/pictures\/[0-9a-f]{32})\.\w+$/, `$1/${size}.${PICTURE_SIZES[size].ending}`);
}
