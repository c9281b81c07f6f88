// impure: environment
export const setting = () => process.env["WEFT_HOME"];
