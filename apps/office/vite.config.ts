import { BRAND } from "@weft/ui/theme/brand.ts";
import { appConfig } from "@weft/ui/build/app-config.ts";

export default appConfig({
  app: "office",
  kit: "mantine",
  installable: {
    name: `${BRAND.name} office`,
    short_name: "Office",
    description: "Customers, orders, stock and stores",
    display: "standalone",
  },
});
