// breaks: shop-till-and-board-carry-no-component-library
export { kit } from "../../../packages/ui/src/kit/mantine-root.ts";
