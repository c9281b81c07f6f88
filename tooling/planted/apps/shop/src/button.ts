// breaks: the-shop-carries-no-component-library
export { kit } from "../../../packages/ui/src/kit/mantine-root.ts";
