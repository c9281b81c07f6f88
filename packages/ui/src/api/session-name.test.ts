import { expect, it } from "vitest";
import { sessionName } from "./session-name.ts";

it("[API-1] each app has a session of its own, and so has each framed device", () => {
  const frame = { name: "" };
  expect(sessionName("shop", "", { name: "" })).toBe("weft_shop");
  expect(sessionName("shop", "?device=left", frame)).toBe("weft_shop_left");
  expect(sessionName("shop", "?category=tea", frame)).toBe("weft_shop_left");
});

it("[API-1] a device name that is none, and a window's foreign name, change nothing", () => {
  expect(sessionName("till", "?device=../x", { name: "" })).toBe("weft_till");
  expect(sessionName("till", "", { name: "popup" })).toBe("weft_till");
});
