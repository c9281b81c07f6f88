// breaks: shop-and-till-carry-no-component-library
export { kit } from "../../../packages/ui/src/kit/mantine-root.ts";
