/**
 * Node's HTTP, for a seventh of what an import costs: that looks at every name in the module, and one of them is a whole other client,
 * which is loaded when it is looked at (45 ms of every start).
 */
export const http = process.getBuiltinModule('node:http');
