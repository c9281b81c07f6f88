/** The longest side of a picture in a shop window, in pixels. */
const LONGEST = 1600;
const QUALITY = 0.85;

/** A photograph as small as a shop window needs it: at most 1,600 pixels long, as WebP where the browser writes that, else as JPEG. */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const ratio = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * ratio));
  canvas.height = Math.max(1, Math.round(bitmap.height * ratio));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  // A browser that cannot write WebP gives PNG, which is large for a photograph.
  const webp = await toBlob(canvas, "image/webp");
  return webp.type === "image/webp" ? webp : toBlob(canvas, "image/jpeg");
}

function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be written"))), type, QUALITY);
  });
}
