import { describe, expect, it } from "vitest";
import { demoChain } from "../chain.ts";
import { color } from "./colors.ts";
import { productPicture } from "./product-picture.ts";

const { products } = demoChain({ customers: 1, until: new Date("2026-11-20T12:00:00Z") });
const drawn = products.flatMap((product) => product.variants.map((variant) => ({ slug: product.slug, sku: variant.sku, svg: productPicture(variant) })));

describe("product pictures", () => {
  it("no two products look the same, apart from the sizes of one product", () => {
    expect(new Set(products.map(productPicture)).size).toBe(products.length);
    expect(new Set(drawn.filter(({ sku }) => sku.startsWith("MUG-WEA")).map(({ svg }) => svg)).size).toBe(4);
  });

  it("each is a small document that needs nothing from outside, and its tags are balanced", () => {
    for (const { sku, svg } of drawn) {
      expect([sku, svg.length < 24_000, svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"')]).toEqual([sku, true, true]);
      expect([sku, /NaN|undefined|Infinity|href|<script|<style/.test(svg)]).toEqual([sku, false]);
      expect([sku, svg.split("<g").length]).toEqual([sku, svg.split("</g>").length]);
    }
  });

  it("uses the paint box only", () => {
    const paints = new Set<string>([...Object.values(color), "none"]);
    const walls = /^#[def][0-9a-f]{5}$/;
    for (const { sku, svg } of drawn) {
      const strange = [...svg.matchAll(/(?:fill|stroke)="(#[^"]+)"/g)].map((match) => match[1] ?? "").filter((paint) => !paints.has(paint) && !walls.test(paint));
      expect([sku, strange]).toEqual([sku, []]);
    }
  });
});
