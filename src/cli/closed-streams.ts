/**
 * Whoever reads a command's output may stop reading (`strata … | head`, a terminal that was closed). What follows is dropped; what the
 * command does goes on to its end, with its own exit code: half a backup is not what was asked for.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}
