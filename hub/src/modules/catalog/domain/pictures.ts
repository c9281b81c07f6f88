/** The pictures that show a variant: its own first, then those of the whole product; never those of another variant [CAT-20]. */
export function picturesOf<P extends { readonly variantId?: string | undefined }>(
  { pictures }: { readonly pictures: readonly P[] },
  variantId: string,
): readonly P[] {
  // Nearly no product has pictures of its variants: then nothing is copied.
  if (pictures.every((picture) => picture.variantId === undefined)) return pictures;
  return [
    ...pictures.filter((picture) => picture.variantId === variantId),
    ...pictures.filter((picture) => picture.variantId === undefined),
  ];
}

export type Extent = { readonly width: number; readonly height: number };

/** The extent of a picture when its longest side is at most so long; a smaller one stays as it is. */
export function fitInside({ width, height }: Extent, longest: number): Extent {
  const ratio = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) };
}

/** A drawing (SVG) with its longest side so long, and its extent then. What says nothing of its own size is taken for a square. */
export function drawnAt(svg: string, longest: number): Extent & { readonly svg: string } {
  const [root = ""] = /<svg\b[^>]*>/.exec(svg) ?? [];
  const own = extentOf(root);
  const ratio = longest / Math.max(own.width, own.height);
  const [width, height] = [Math.max(1, Math.round(own.width * ratio)), Math.max(1, Math.round(own.height * ratio))];
  const box = /\sviewBox=/.test(root) ? "" : ` viewBox="0 0 ${own.width} ${own.height}"`;
  const sized = root.replaceAll(/\s(?:width|height)="[^"]*"/g, "").replace(/^<svg/, `<svg${box} width="${width}" height="${height}"`);
  return { svg: root === "" ? svg : svg.replace(root, () => sized), width, height };
}

function extentOf(root: string): Extent {
  const [, box] = /\sviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+[ ,]+[\d.]+)"/.exec(root) ?? [];
  const [, width] = /\swidth="([\d.]+)(?:px)?"/.exec(root) ?? [];
  const [, height] = /\sheight="([\d.]+)(?:px)?"/.exec(root) ?? [];
  const [across, down] = (box?.split(/[ ,]+/) ?? [width, height]).map(Number);
  return across !== undefined && down !== undefined && across > 0 && down > 0 ? { width: across, height: down } : { width: 1, height: 1 };
}
