import { PICTURE_SIZES, type PictureSize } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import { ResizeFit, Transformer } from "@napi-rs/image";
import { drawnAt, fitInside, readPictureHead, type Extent } from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";

/** A file larger than this is no picture for a shop window. Phones take photographs of 3 to 12 MB. */
export const MOST_PICTURE_BYTES = 15 * 1024 * 1024;
/** Unpacked, each takes four bytes: 200 MB for the largest. */
const MOST_PIXELS = 50_000_000;
/** The longest side of what is kept: enough for the largest size, and for one that may come. */
const KEPT_LONGEST = 2000;
const KEPT_QUALITY = 88;
const SHOWN_QUALITY = 80;
/** Shop windows of others take no picture with a shorter side. */
const LEAST_FEED_SIDE = 500;

/** A picture as it is kept: drawn, or as WebP. */
export type KeptPicture = { readonly svg: string; readonly content: null } | { readonly svg: null; readonly content: Buffer };

/**
 * Makes of a given file what is kept [CAT-18]: turned as its camera was held, no longer than 2,000 pixels, and nothing else of the file, so
 * that neither the place where it was taken nor a text that hides in it leaves the house. Errors: `catalog.picture_invalid`.
 */
export async function preparePicture(file: Buffer): Promise<Result<Buffer, CatalogError>> {
  const head = readPictureHead(file);
  if (!head) return err({ code: "catalog.picture_invalid", because: "kind" });
  if (head.width * head.height > MOST_PIXELS) return err({ code: "catalog.picture_invalid", because: "pixels" });
  try {
    const image = new Transformer(file).rotate();
    // Its longest side is the same however it was held.
    if (Math.max(head.width, head.height) > KEPT_LONGEST)
      image.resize({ width: KEPT_LONGEST, height: KEPT_LONGEST, fit: ResizeFit.Inside });
    return ok(await image.webp(KEPT_QUALITY));
  } catch {
    return err({ code: "catalog.picture_invalid", because: "broken" });
  }
}

/** Makes a size of a kept picture [CAT-19]. Never larger than it is, but for drawings, which have no size of their own. */
export async function drawPicture(picture: KeptPicture, size: PictureSize): Promise<Buffer> {
  const { longest, ending } = PICTURE_SIZES[size];
  const { image, width, height } = picture.svg === null ? shrunk(picture.content, longest) : drawn(picture.svg, longest);
  return ending === "jpg" ? onWhite(image, { width, height }) : image.webp(SHOWN_QUALITY);
}

type Drawn = Extent & { readonly image: Transformer };

function shrunk(content: Buffer, longest: number): Drawn {
  const head = readPictureHead(content);
  if (!head) throw new Error("what is kept as a picture is none");
  const extent = fitInside(head, longest);
  const image = new Transformer(content);
  return { ...extent, image: extent.width === head.width ? image : image.resize({ ...extent, fit: ResizeFit.Fill }) };
}

function drawn(svg: string, longest: number): Drawn {
  const { svg: sized, ...extent } = drawnAt(svg, longest);
  // Small drawings come several times as large, to be made small again.
  return { ...extent, image: Transformer.fromSvg(sized).resize({ ...extent, fit: ResizeFit.Fill }) };
}

/** A JPEG knows nothing transparent, and its readers want no short sides: it stands in the middle of white. */
async function onWhite(image: Transformer, { width, height }: Extent): Promise<Buffer> {
  const [across, down] = [Math.max(width, LEAST_FEED_SIDE), Math.max(height, LEAST_FEED_SIDE)];
  const white = Transformer.fromRgbaPixels(Buffer.alloc(across * down * 4, 255), across, down);
  return white.composite(await image.png()).jpeg(SHOWN_QUALITY);
}

/** Runs works one after the other: a large picture takes 200 MB and a processor while it is drawn. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
