import { Transformer } from "@napi-rs/image";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readPictureHead, type PictureHead } from "./picture-head.ts";

const pixels = () => Transformer.fromRgbaPixels(Buffer.alloc(37 * 23 * 4, 120), 37, 23);
const files = new Map<PictureHead["kind"] | "webp lossless", Buffer>();
beforeAll(async () => {
  files.set("jpeg", await pixels().jpeg(80));
  files.set("png", await pixels().png());
  files.set("webp", await pixels().webp(80));
  files.set("webp lossless", await pixels().webpLossless());
  files.set("avif", await pixels().avif({ quality: 50 }));
});
const file = (kind: PictureHead["kind"] | "webp lossless"): Buffer => {
  const found = files.get(kind);
  if (!found) throw new Error(`no file of ${kind}`);
  return found;
};

describe("[CAT-18] the head of a picture", () => {
  it.each(["jpeg", "png", "webp", "webp lossless", "avif"] as const)("says what it is and how large: %s", (kind) =>
    expect(readPictureHead(file(kind))).toEqual({ kind: kind.split(" ")[0], width: 37, height: 23 }),
  );

  it("says the size of a WebP that begins with its extended form", () => {
    const head = Buffer.alloc(30);
    head.write("RIFF", 0, "latin1");
    head.write("WEBPVP8X", 8, "latin1");
    head.writeUIntLE(4999, 24, 3);
    head.writeUIntLE(2999, 27, 3);
    expect(readPictureHead(head)).toEqual({ kind: "webp", width: 5000, height: 3000 });
  });

  it("is read wherever a file ends, and of whatever bytes", () => {
    for (const [, content] of files)
      for (let length = 0; length < Math.min(200, content.length); length++)
        expect(() => readPictureHead(content.subarray(0, length))).not.toThrow();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => readPictureHead(bytes) === undefined || bytes.length > 0));
  });

  it.each([
    ["a drawing", "<svg onload='alert(1)'/>"],
    ["sound in the container of WebP", "RIFF....WAVEfmt 0000"],
    ["a page", "<!doctype html><html></html>"],
  ])("is not that of %s", (_, text) => expect(readPictureHead(Buffer.from(text))).toBeUndefined());
});
