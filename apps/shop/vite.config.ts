import { BRAND } from "@weft/ui/theme/brand.ts";
import { appConfig } from "@weft/ui/build/app-config.ts";

export default appConfig({
  app: "shop",
  kit: "light",
  firstScreen: "apps/shop/src/menu/screen.tsx",
  // Whatever is refused can be told by its code; on the menu nobody orders, pays, books, types a code or sends anything back.
  neverFirst:
    /^problem\.(?:order|return|refund|loyalty|offer|booking|service|promise|gift_card|payment|invoice|company|challenge|pairing|request)\./,
  installable: {
    name: BRAND.name,
    short_name: BRAND.name,
    description: "Order ahead, collect points, find a store",
    display: "standalone",
  },
});
