import { BRAND } from "@weft/ui/theme/brand.ts";
import { appConfig } from "@weft/ui/build/app-config.ts";

export default appConfig({
  app: "shop",
  kit: "light",
  firstScreen: "apps/shop/src/menu/screen.tsx",
  installable: {
    name: BRAND.name,
    short_name: BRAND.name,
    description: "Order ahead, collect points, find a store",
    display: "standalone",
  },
});
