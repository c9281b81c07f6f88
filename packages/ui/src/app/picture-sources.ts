import { pictureAt, PICTURE_SIZES } from "@weft/contracts/client";

const OFFERED = ["small", "medium", "large"] as const;

type Sources = { readonly src: string; readonly srcSet?: string; readonly sizes?: string };

/**
 * What an image is told so that the browser takes the size that its screen needs; `room` is how wide it is shown, as `sizes` of HTML say it.
 * Drawings are small and sharp at any size, so they are taken as they are.
 */
export function pictureSources(url: string, room: string): Sources {
  if (url.endsWith(".svg")) return { src: url };
  const srcSet = OFFERED.map((size) => `${pictureAt(url, size)} ${PICTURE_SIZES[size].longest}w`).join(", ");
  return { src: pictureAt(url, "medium"), srcSet, sizes: room };
}
