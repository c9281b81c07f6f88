/** What the head of a picture says of it, before anything of it is unpacked. */
export type PictureHead = { readonly kind: "jpeg" | "png" | "webp" | "avif"; readonly width: number; readonly height: number };

/**
 * Tells what a picture is and how large, by its bytes; what it is said to be does not count. Undefined for what is none of the four formats,
 * or says no size. A few bytes may say that they are billions of pixels, so this is asked before a picture is unpacked [CAT-18].
 */
export function readPictureHead(bytes: Uint8Array): PictureHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const head = readPng(view) ?? readWebp(view) ?? readAvif(view) ?? readJpeg(view);
    return head && head.width > 0 && head.height > 0 ? head : undefined;
  } catch (error) {
    // It ended before it said its size.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const textAt = (view: DataView, at: number, length: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));

/** ISO 15948: the signature, then the chunk IHDR with width and height. */
function readPng(view: DataView): PictureHead | undefined {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  return { kind: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** RFC 9649: a RIFF container whose first chunk is lossy (VP8), lossless (VP8L) or extended (VP8X). */
function readWebp(view: DataView): PictureHead | undefined {
  if (textAt(view, 0, 4) !== "RIFF" || textAt(view, 8, 4) !== "WEBP") return undefined;
  switch (textAt(view, 12, 4)) {
    case "VP8 ":
      return { kind: "webp", width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const packed = view.getUint32(21, true);
      return { kind: "webp", width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { kind: "webp", width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      return undefined;
  }
}

/** So far into a file stand the properties of its images. */
const AVIF_HEAD_BYTES = 64 * 1024;

/** AV1 Image File Format: the brand, then a property `ispe` for each image in it; the largest counts. */
function readAvif(view: DataView): PictureHead | undefined {
  if (textAt(view, 4, 4) !== "ftyp" || !["avif", "avis"].includes(textAt(view, 8, 4))) return undefined;
  let largest: PictureHead | undefined;
  for (let at = 12; at + 16 <= Math.min(view.byteLength, AVIF_HEAD_BYTES); at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!largest || width * height > largest.width * largest.height) largest = { kind: "avif", width, height };
  }
  return largest;
}

/** ISO 10918: segments, one after the other, until the one that begins the frame. */
function readJpeg(view: DataView): PictureHead | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Bytes that fill up to the next marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return { kind: "jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
}

/** SOF0 to SOF15, but for the tables that stand between them (DHT, JPG, DAC). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
