import { createApi } from "@weft/ui/api/api.ts";
import { readScreen } from "./tv/screen-store.ts";

/** A television is a visitor of the shop; a board belongs to its place. One page is one of the two. */
export const isTv = location.pathname.replace(/\/$/, "").endsWith("/tv");

/** This page's connection to the hub. */
export const api = isTv
  ? createApi({
      app: "shop",
      headers: (): Record<string, string> => {
        const token = readScreen()?.token;
        return token === undefined ? {} : { "weft-cart": token };
      },
    })
  : createApi({ app: "board" });
