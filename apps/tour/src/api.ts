import { createApi } from "@weft/ui/api/api.ts";

/** This page's connection to the hub: its session is that of the visitor's persona. */
export const api = createApi({ app: "tour" });
