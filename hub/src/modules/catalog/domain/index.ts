export { compileCatalog, fullName, type Catalog, type Goods, type Product, type ProductVariant, type Variant } from "./catalog.ts";
export { CATALOG_PARTS, partOf, withChange, type CatalogChange } from "./catalog-parts.ts";
export { categoryCodes } from "./category-codes.ts";
export { digitalLink, readDigitalLink, type ShelfCode } from "./digital-link.ts";
export {
  changedFields,
  draftOf,
  judgeDraft,
  tidyDraft,
  tidyText,
  withRetired,
  type DraftProblem,
  type EditedProduct,
  type ProductDraft,
  type VariantDraft,
} from "./draft.ts";
export type {
  AssortmentFact,
  CatalogFacts,
  Category,
  ChargedWhen,
  OptionGroup,
  OptionGroupId,
  OptionValue,
  ProductFacts,
  ProductKind,
  ProductPicture,
  VariantFacts,
} from "./facts.ts";
export { drawnAt, fitInside, picturesOf, type Extent } from "./pictures.ts";
export { readPictureHead } from "./picture-head.ts";
export { lineIdOf, stockLines, wholesFrom, type Part, type StockLine } from "./parts.ts";
export { checkDigit, printedGtin, readGtin, type Gtin, type GtinProblem, type Symbology } from "./gtin.ts";
