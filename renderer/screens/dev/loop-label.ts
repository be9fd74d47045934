// By what a loop's pods are known in the cluster.

/** On every object of a loop and its pods; the value is the loop's id. */
export const loopLabel = 'dev.boathouse.loop';
