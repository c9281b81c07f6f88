export { assignAssortment, setAssortment } from "./assortment.ts";
export { saveCategories, saveOptionGroups, savePictures } from "./save-reference.ts";
export { addPicture, readPicture, type GivenPicture } from "./add-picture.ts";
export { saveCategory, saveOptionGroup } from "./save-choices.ts";
export { productsToChange, saveDrafts, type CatalogKnowledge, type DraftToSave } from "./save-drafts.ts";
export { saveProduct, type SavedProduct } from "./save-product.ts";
export { setSoldOut, type SoldOutChange } from "./sold-out.ts";
export { updateProduct, type ProductChange } from "./update-product.ts";
export { upsertProducts, type NewProduct, type NewVariant } from "./upsert-products.ts";
