export { BRAND, brandMark, favicon, logo } from "./brand/brand.ts";
export { demoChain } from "./chain.ts";
export { DEFAULT_SEED, demoId, type DemoNoun } from "./ids.ts";
export { europeOutline, type Outline, type OutlineFeature } from "./outline/outline.ts";
export { DEMO_PASSWORD } from "./people/staff.ts";
export { productPicture } from "./pictures/product-picture.ts";
export { MEMBER_GROUP } from "./pricing/price-lists.ts";
export type * from "./types.ts";
