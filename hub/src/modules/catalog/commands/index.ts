export { assignAssortment, setAssortment } from "./assortment.ts";
export { saveCategories, saveOptionGroups, savePictures } from "./save-reference.ts";
export { setSoldOut, type SoldOutChange } from "./sold-out.ts";
export { updateProduct, type ProductChange } from "./update-product.ts";
export { upsertProducts, type NewProduct, type NewVariant } from "./upsert-products.ts";
