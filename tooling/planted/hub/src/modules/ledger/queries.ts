// breaks: no-test-code-in-the-product
export { fixture } from "../../../test/fixture.ts";
