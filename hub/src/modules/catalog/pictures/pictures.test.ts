import { PICTURE_SIZES, pictureAt, type PictureSize } from "@weft/contracts";
import { ok } from "@weft/kernel";
import { Transformer } from "@napi-rs/image";
import { crc32, deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cafeWindow, MANAGER, OWNER, type CafeWindow } from "../../../../test/cafe-window.ts";
import { savePictures } from "../commands/index.ts";
import { MOST_PICTURE_BYTES } from "./draw.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
});
afterAll(() => cafe.close());

const give = (bytes: Buffer, actor = OWNER) => cafe.sendBytes("/v1/pictures", bytes, actor);
const kept = async (bytes: Buffer): Promise<string> => (await give(bytes)).json().url;
const bytesAt = async (url: string): Promise<Buffer> => (await cafe.get(url)).rawPayload;
const read = (content: Buffer) => new Transformer(content).metadata(true);

/** Left half red, right half blue: what is turned can be told. */
function twoColors(width: number, height: number): Transformer {
  const pixels = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < width * height; at++) pixels.set(at % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255], at * 4);
  return Transformer.fromRgbaPixels(pixels, width, height);
}
const photograph = (width: number, height: number): Promise<Buffer> => twoColors(width, height).jpeg(90);

/** A JPEG with the block that a camera writes: held upright (6: turn it to the right), and where it was. */
function asOfCamera(jpeg: Buffer): Buffer {
  const tiff = Buffer.from("49492a00080000000100120103000100000006000000000000004750533a2034352e37362c20342e3833", "hex");
  const block = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(block.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, block, jpeg.subarray(2)]);
}

/** A few bytes that say they are 900 million pixels. */
function bomb(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(30_000, 0);
  head.writeUInt32BE(30_000, 4);
  head.set([8, 2], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.alloc(1000))), chunk("IEND", Buffer.alloc(0))]);
}

describe("[CAT-18] a picture that is given", () => {
  it("is kept upright, as WebP, at most 2,000 pixels long, and says nothing of its camera", async () => {
    const url = await kept(asOfCamera(await photograph(3000, 1200)));
    expect(url).toMatch(/^\/pictures\/[0-9a-f]{32}\.webp$/);
    const content = await bytesAt(url);
    expect(await read(content)).toMatchObject({ width: 800, height: 2000, format: "webp" });
    expect(content.includes("GPS")).toBe(false);
    // Turned to the right, what was at the left stands at the top.
    const [red, , blue] = await new Transformer(content).rawPixels();
    expect(red).toBeGreaterThan(200);
    expect(blue).toBeLessThan(80);
  });

  it("is small already: it stays as large as it is, and given again it has the same address", async () => {
    const file = await photograph(300, 200);
    const url = await kept(file);
    expect(await kept(file)).toBe(url);
    expect(await read(await bytesAt(url))).toMatchObject({ width: 300, height: 200 });
  });

  it.each(["png", "webp", "avif"] as const)("may be %s", async (format) => {
    const file = format === "avif" ? await twoColors(60, 40).avif({ quality: 60 }) : await twoColors(60, 40)[format]();
    expect(await read(await bytesAt(await kept(file)))).toMatchObject({ width: 60, height: 40, format: "webp" });
  });

  it.each([
    ["a drawing that could run something", async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "kind"],
    ["nothing", async () => Buffer.alloc(0), "kind"],
    ["a text that calls itself a picture", async () => Buffer.from("RIFF....WAVE"), "kind"],
    ["a page behind the head of a PNG", async () => Buffer.concat([bomb().subarray(0, 24).fill(1, 16), Buffer.from("<script>")]), "broken"],
    ["more pixels than fit into memory", async () => bomb(), "pixels"],
  ])("is refused when it is %s", async (_, bytes, because) => {
    const answer = (await give(await bytes())).json();
    expect(answer).toMatchObject({ status: 422, code: "catalog.picture_invalid" });
    expect(["broken", "pixels"].includes(because) ? ["broken", "pixels"] : [because]).toContain(answer.because);
  });

  it("is refused when it is too large, or given by whoever reaches one store only", async () => {
    expect((await give(Buffer.alloc(MOST_PICTURE_BYTES + 1))).json()).toMatchObject({ status: 413, code: "catalog.picture_too_large" });
    expect((await give(await photograph(30, 20), MANAGER)).statusCode).toBe(403);
  });
});

describe("[CAT-19] a size of a picture", () => {
  it("is made when somebody asks, no larger than the picture, and kept for whoever asks next", async () => {
    const url = await kept(await photograph(1600, 800));
    const extents: Record<PictureSize, object> = {
      small: { width: 192, height: 96, format: "webp" },
      medium: { width: 480, height: 240, format: "webp" },
      large: { width: 1200, height: 600, format: "webp" },
      feed: { width: 1200, height: 600, format: "jpeg" },
    };
    for (const size of Object.keys(PICTURE_SIZES) as PictureSize[]) {
      const answer = await cafe.get(pictureAt(url, size));
      expect(answer.headers).toMatchObject({
        "cache-control": "public, max-age=31536000, immutable",
        "content-type": size === "feed" ? "image/jpeg" : "image/webp",
      });
      expect(await read(answer.rawPayload)).toMatchObject(extents[size]);
    }
    const hash = url.slice(10, 42);
    expect(await cafe.rows(`select size from catalog.picture_size where hash = '${hash}' order by size`)).toHaveLength(4);
    await cafe.rows(`update catalog.picture_size set content = 'kept' where hash = '${hash}' and size = 'small'`);
    expect((await bytesAt(pictureAt(url, "small"))).toString()).toBe("kept");
  });

  it("for feeds has no side below 500 pixels and nothing transparent: it stands in the middle of white", async () => {
    const url = await kept(await Transformer.fromRgbaPixels(Buffer.alloc(40 * 20 * 4), 40, 20).png());
    const content = await bytesAt(pictureAt(url, "feed"));
    expect(await read(content)).toMatchObject({ width: 500, height: 500, format: "jpeg" });
    const middle = (await new Transformer(content).rawPixels()).subarray((250 * 500 + 250) * 3, (250 * 500 + 250) * 3 + 3);
    expect([...middle].every((part) => part > 250)).toBe(true);
  });

  it("of a drawing is drawn as sharp as it is asked for", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M0 0h40v40H0z" fill="#c00000"/></svg>`;
    const [url = ""] = await cafe.must(async (ctx) => ok(await savePictures(ctx, [svg])));
    expect(await read(await bytesAt(pictureAt(url, "feed")))).toMatchObject({ width: 1200, height: 1200, format: "jpeg" });
    expect(await read(await bytesAt(pictureAt(url, "small")))).toMatchObject({ width: 192, height: 192, format: "webp" });
  });

  it("is made once for many who ask at the same time", async () => {
    const url = await kept(await photograph(700, 700));
    const answers = await Promise.all(Array.from({ length: 8 }, () => bytesAt(pictureAt(url, "medium"))));
    expect(new Set(answers.map((content) => content.toString("base64"))).size).toBe(1);
  });

  it.each([
    ["nobody gave", `/pictures/${"0".repeat(32)}/small.webp`],
    ["there is none of that name", `/pictures/${"0".repeat(32)}/huge.webp`],
    ["has another ending", `/pictures/${"0".repeat(32)}/feed.webp`],
    ["leads elsewhere", "/pictures/..%2F..%2Fetc/small.webp"],
  ])("that %s is not found", async (_, url) => expect((await cafe.get(url)).statusCode).toBe(404));
});
