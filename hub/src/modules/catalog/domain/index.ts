export { compileCatalog, fullName, type Catalog, type Goods, type Product, type ProductVariant, type Variant } from "./catalog.ts";
export { digitalLink, readDigitalLink, type ShelfCode } from "./digital-link.ts";
export type {
  AssortmentFact,
  CatalogFacts,
  Category,
  OptionGroup,
  OptionGroupId,
  OptionValue,
  ProductFacts,
  VariantFacts,
} from "./facts.ts";
export { checkDigit, printedGtin, readGtin, type Gtin, type GtinProblem, type Symbology } from "./gtin.ts";
