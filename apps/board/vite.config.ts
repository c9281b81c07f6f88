import { BRAND } from "@weft/ui/theme/brand.ts";
import { appConfig } from "@weft/ui/build/app-config.ts";

export default appConfig({
  app: "board",
  kit: "light",
  installable: {
    name: `${BRAND.name} board`,
    short_name: "Board",
    description: "Collection queue and menu on the wall",
    display: "fullscreen",
    orientation: "landscape",
  },
});
