import { appConfig } from "@weft/ui/build/app-config.ts";

export default appConfig({ app: "tour", kit: "light" });
