import type { CatalogEntryView, EditedCategoryView, EditedOptionGroupView } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type CategoryId, type ChannelId, type ProductId, type VariantId } from "@weft/kernel";
import {
  edgeProblem,
  inTransaction,
  problemOf,
  raw,
  read,
  sendAnswer,
  sendProblem,
  write,
  type Ctx,
  type RawCall,
  type ReadCtx,
  type Route,
} from "../../platform/index.ts";
import { auditWrite, mayActAt } from "../access/index.ts";
import { addPicture, saveCategory, saveOptionGroup, saveProduct, type CatalogKnowledge } from "./commands/index.ts";
import { compileCatalog, draftOf, type OptionGroupId, type ProductDraft } from "./domain/index.ts";
import { CATALOG_PROBLEMS, type CatalogError } from "./errors.ts";
import { inTurn, MOST_PICTURE_BYTES, preparePicture } from "./pictures/draw.ts";
import { allergensInUse, editedCategories, editedGroups, type EditedCategory, type EditedGroup } from "./queries/edited.ts";
import { loadCatalogFacts } from "./queries/load-catalog.ts";

export type EditingPorts = {
  /** What drafts refer to and this module knows nothing of. */
  readonly knowledge: (ctx: ReadCtx) => Promise<CatalogKnowledge>;
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The version that `If-Match` names, as `"7"` or `7`; null where it names none. What is no version fits none. */
function versionIn(headers: Headers): number | null {
  const given = headers["if-match"];
  if (given === undefined) return null;
  const [, digits] = /^"?(\d{1,9})"?$/.exec(String(given)) ?? [];
  return digits === undefined ? -1 : Number(digits);
}

/** Making and changing what is sold, for the whole chain. */
export const editingRoutes = ({ knowledge }: EditingPorts): readonly Route[] => [
  read(
    "catalog.editing",
    async (ctx) =>
      ok({
        categories: (await editedCategories(ctx)).map(presentCategory),
        optionGroups: (await editedGroups(ctx)).map(presentGroup),
        taxClasses: [...(await knowledge(ctx)).taxClasses],
        allergens: await allergensInUse(ctx),
      }),
    { problems: {} },
  ),
  read("catalog.readEntry", (ctx, { params }) => entryOf(ctx, asId<ProductId>(params.id)), { problems: CATALOG_PROBLEMS }), // the brands of ids exist only in types, here and below
  write(
    "catalog.saveEntry",
    async (ctx, { params, body, request }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "catalog.out_of_reach", placeId: null });
      const id = asId<ProductId>(params.id);
      const expected = versionIn(request.headers);
      const saved = await saveProduct(ctx, id, toDraft(body), { ...(await knowledge(ctx)), expected });
      if (!saved.ok) return saved;
      const { fields, isNew } = saved.value;
      if (fields.length > 0)
        await auditWrite(ctx, { action: "catalog.saveEntry", subject: `product/${id}`, reason: isNew ? "new" : fields.join(", ") });
      return entryOf(ctx, id);
    },
    { problems: CATALOG_PROBLEMS },
  ),
  write(
    "catalog.saveCategory",
    async (ctx, { params, body, request }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "catalog.out_of_reach", placeId: null });
      const id = asId<CategoryId>(params.id);
      const saved = await saveCategory(ctx, { ...body, id, parentId: asIdOrNull<CategoryId>(body.parentId) }, versionIn(request.headers));
      if (!saved.ok) return saved;
      await auditWrite(ctx, { action: "catalog.saveCategory", subject: `category/${id}` });
      const [category] = await editedCategories(ctx, id);
      return category ? ok(presentCategory(category)) : err({ code: "catalog.category_unknown", categoryId: id });
    },
    { problems: CATALOG_PROBLEMS },
  ),
  write(
    "catalog.saveOptionGroup",
    async (ctx, { params, body, request }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "catalog.out_of_reach", placeId: null });
      const id = asId<OptionGroupId>(params.id);
      const values = body.values.map((value) => ({ ...value, variantId: asIdOrNull<VariantId>(value.variantId) }));
      const saved = await saveOptionGroup(ctx, { ...body, id, values }, versionIn(request.headers));
      if (!saved.ok) return saved;
      await auditWrite(ctx, { action: "catalog.saveOptionGroup", subject: `option_group/${id}` });
      const [group] = await editedGroups(ctx, id);
      return group ? ok(presentGroup(group)) : err({ code: "catalog.option_group_unknown", id });
    },
    { problems: CATALOG_PROBLEMS },
  ),
  raw("catalog.addPicture", pictureAnswer(), { streamed: true }),
];

type Draft = CatalogEntryView["product"];

function toDraft(body: Draft): ProductDraft {
  return {
    ...body,
    categoryId: asId<CategoryId>(body.categoryId),
    pictures: body.pictures.map(({ variantId, ...picture }) => ({
      ...picture,
      ...(variantId && { variantId: asId<VariantId>(variantId) }),
    })),
    notOnChannelIds: body.notOnChannelIds.map(asId<ChannelId>),
    optionGroupIds: body.optionGroupIds.map(asId<OptionGroupId>),
    variants: body.variants.map((variant) => ({ ...variant, id: asId<VariantId>(variant.id) })),
  };
}

/** A product as the open transaction sees it. */
async function entryOf(ctx: Pick<Ctx, "db">, id: ProductId) {
  const facts = await loadCatalogFacts(ctx.db, [id]);
  const catalog = compileCatalog(facts);
  const product = catalog.products.get(id);
  if (!product) return err<CatalogError>({ code: "catalog.product_unknown", product: id });
  const draft = draftOf(catalog, product);
  const places = facts.assortment.map(({ placeId, isIncluded }) => ({ placeId, included: isIncluded }));
  return ok<CatalogEntryView>({ id, version: product.version, product: presentDraft(draft), places });
}

/** Every field by its name: what the module adds to its drafts is not told by itself. */
function presentDraft(draft: ProductDraft): Draft {
  return {
    slug: draft.slug,
    name: draft.name,
    description: draft.description,
    brand: draft.brand,
    categoryId: draft.categoryId,
    pictures: draft.pictures.map(({ url, alt, variantId }) => ({ url, alt, ...(variantId && { variantId }) })),
    allergens: [...draft.allergens],
    taxClass: draft.taxClass,
    prepSeconds: draft.prepSeconds,
    batchPercent: draft.batchPercent,
    unit: draft.unit,
    tracked: draft.tracked,
    shippable: draft.shippable,
    chargedWhen: draft.chargedWhen,
    kind: draft.kind,
    active: draft.active,
    soldEverywhere: draft.soldEverywhere,
    notOnChannelIds: [...draft.notOnChannelIds],
    variants: draft.variants.map(({ id, sku, name, mpn, barcodes, active }) => ({ id, sku, name, mpn, barcodes: [...barcodes], active })),
    optionGroupIds: [...draft.optionGroupIds],
  };
}

function presentCategory({ id, parentId, code, name, position, icon, version, products }: EditedCategory): EditedCategoryView {
  return { id, parentId, code, name, position, icon, version, products };
}

function presentGroup({ id, code, name, minimum, maximum, version, products, values }: EditedGroup): EditedOptionGroupView {
  return {
    id,
    code,
    name,
    minimum,
    maximum,
    version,
    products,
    values: values.map((value) => ({ ...value, prepSeconds: value.prepSeconds ?? 0 })),
  };
}

/** One picture after the other, whoever gives them. */
function pictureAnswer() {
  const take = inTurn();
  return async ({ request, reply, actor, around }: RawCall) => {
    const refuse = (error: CatalogError) => sendProblem(reply, problemOf(error, CATALOG_PROBLEMS[error.code], request.id));
    if (!mayActAt(actor, null)) return sendProblem(reply, edgeProblem("access.forbidden", request.id));
    const file = await bytesOf((request.body as AsyncIterable<Buffer> | null | undefined) ?? []); // the route asks for a stream
    if (!file) {
      reply.header("connection", "close");
      return refuse({ code: "catalog.picture_too_large", mostBytes: MOST_PICTURE_BYTES });
    }
    const prepared = await take(() => preparePicture(file));
    if (!prepared.ok) return refuse(prepared.error);
    const outcome = await inTransaction(around, async (ctx) => {
      const url = await addPicture(ctx, prepared.value);
      await auditWrite(ctx, { action: "catalog.addPicture", subject: `picture/${url.split("/").at(-1) ?? url}` });
      return ok(url);
    });
    if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is done or throws");
    return sendAnswer("catalog.addPicture", 201, { url: outcome.result.value }, reply, false);
  };
}

/** The bytes of a file; undefined where it is larger than a picture may be. The rest is not read then. */
async function bytesOf(body: AsyncIterable<Buffer | string> | Iterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_PICTURE_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
