import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { SECRET } from "./hub.ts";
import type { Call } from "./load.ts";
import { figure, type Figure } from "./report.ts";

/** What a till fetches of a catalog, compressed: all of it, nothing new, and after one of its products was marked as sold out. */
export async function catalogBytes(call: Call, owner: Record<string, string>, placeId: string): Promise<Figure[]> {
  const read = async (digest?: string) => {
    const since = digest === undefined ? "" : `&digest=${digest}`;
    const { json } = await call("GET", `/v1/catalog?placeId=${placeId}${since}`, { headers: SECRET });
    return { json, bytes: gzipSync(JSON.stringify(json)).length };
  };
  const whole = await read();
  const same = await read(whole.json.digest);
  const [variant] = whole.json.products[0].variants;
  const mark = async (soldOut: boolean): Promise<void> => {
    const headers = { ...owner, "idempotency-key": randomUUID() };
    const path = `/v1/places/${placeId}/variants/${variant.id}/sold-out`;
    const { status, json } = await call("PUT", path, { body: { soldOut }, headers });
    if (status !== 200) throw new Error(`not marked: ${JSON.stringify(json)}`);
  };
  await mark(true);
  const changed = await read(whole.json.digest);
  await mark(false);
  return [
    figure("catalog_whole", whole.bytes, "bytes"),
    figure("catalog_unchanged", same.bytes, "bytes"),
    figure("catalog_one_changed", changed.bytes, "bytes", changed.json.products.length),
  ];
}
