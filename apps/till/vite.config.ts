import { BRAND } from "@weft/ui/theme/brand.ts";
import { appConfig } from "@weft/ui/build/app-config.ts";

export default appConfig({
  app: "till",
  kit: "light",
  installable: {
    name: `${BRAND.name} till`,
    short_name: "Till",
    description: "Sell, serve and hand over",
    display: "standalone",
    orientation: "landscape",
  },
});
