// careless: personal-fact

export const ReturnReceived = { returnId: "id", email: "a value that an erasure would not reach" };
