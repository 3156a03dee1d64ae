/** Facts about this computer and process that locks need. */
export interface Machine {
  /** Stays the same over restarts and renames; random, kept in the profile. */
  readonly machineId: string;
  /** As people know it; for messages only. */
  readonly hostName: string;
  /** The system's user whose process this is. */
  readonly userName: string;
  /** Changes with every start of the system; empty where the system does not say. */
  readonly bootId: string;
  readonly pid: number;
  /** Start time of this process as the system counts it; empty where it does not say. */
  readonly processStart: string;
  readonly platform: string;
  /** Since the system started, sleep included. */
  uptimeMs(): number;
  /** Memory that may be taken without harm to anybody; 0 where the system does not say. */
  spareMemoryBytes(): number;
  /** Whether the process of that number is alive and is the one that started then. Where that cannot be told, it is. */
  isAlive(pid: number, processStart: string): boolean;
}
