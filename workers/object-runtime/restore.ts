/**
 * The steps of the runbook for a file that was put back (docs/runbooks/restored-object.md): adopt the next epoch, repeat the lost commands,
 * take commands again. Called by the object runtime.
 */
import { asInstant, realNow } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { assert } from '../../shared/result.ts';
import type { Command } from './command.ts';
import type { CommandRunner } from './command-runner.ts';
import type { JsonObject } from './hash.ts';
import type { Identity, IdentityRow } from './identity.ts';
import type { Outbox } from './outbox.ts';

/** A restore that took no step for so long has died: its longest step (a rebuild of a large tenant) takes less. */
const ABANDONED_MS = 15 * 60_000;

/** A command of the lost tail as D1 kept it. */
export interface LostCommand {
  name: string;
  key: string;
  command: JsonObject;
  inputHash: string;
  at: number;
}
export interface Replayed {
  key: string;
  refused: DomainError | null;
}
export interface RestoreBegun {
  epoch: number;
  /** where the file ended: the lost tail starts after it */
  from: { epoch: number; seq: number };
}

export class Restore<S> {
  readonly #storage: DurableObjectStorage;
  readonly #identity: IdentityRow;
  readonly #outbox: Outbox;
  readonly #runner: CommandRunner<S>;
  /** real ms of the last step; an object that just woke gives whoever restores time to come back */
  #touchedAt = realNow();

  constructor(storage: DurableObjectStorage, identity: IdentityRow, outbox: Outbox, runner: CommandRunner<S>) {
    this.#storage = storage;
    this.#identity = identity;
    this.#outbox = outbox;
    this.#runner = runner;
  }

  /**
   * First step: adopt the next epoch; undrained rows move into it. Answers where the file ended. Called again after a crash in the middle,
   * it answers the same.
   */
  begin(input: { epoch: number; previousHeadHash: string | null }): RestoreBegun {
    const identity = this.#identity.get();
    this.#touchedAt = realNow();
    if (!identity.restoring) {
      const brokenOff = this.#storage.sql.exec('SELECT restore_from_epoch FROM _identity').one();
      if (brokenOff['restore_from_epoch'] === null) this.#adopt(identity, input);
      // One that was broken off goes on in the epoch that it adopted: the lost tail still starts where the file ended then.
      else this.#storage.sql.exec('UPDATE _identity SET restoring = 1');
      this.#outbox.resumeSinks();
      this.#identity.reread();
    }
    const row = this.#storage.sql.exec('SELECT epoch, restore_from_epoch, restore_from_seq FROM _identity').one();
    return {
      epoch: Number(row['epoch']),
      from: { epoch: Number(row['restore_from_epoch']), seq: Number(row['restore_from_seq']) },
    };
  }

  #adopt({ epoch, seq }: Identity, input: { epoch: number; previousHeadHash: string | null }): void {
    assert(input.epoch > epoch, 'a restore adopts a later epoch');
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec(
        'UPDATE _identity SET epoch = ?, restoring = 1, previous_head_hash = ?, restore_from_epoch = ?, restore_from_seq = ?',
        input.epoch,
        input.previousHeadHash,
        epoch,
        seq,
      );
      this.#outbox.moveToEpoch(input.epoch);
    });
  }

  /**
   * Repeats commands of the lost tail under their keys at their times; a refusal is answered, never thrown.
   * @param drained what the definitions' `restore` needs besides the command
   */
  replay(commands: readonly LostCommand[], drained: unknown): Replayed[] {
    assert(this.#identity.get().restoring, 'replay belongs to a restore');
    this.#touchedAt = realNow();
    return commands.map(({ name, key, command, inputHash, at }) => {
      const definition = this.#runner.definition(name) as unknown as Command<S, JsonObject, unknown>;
      const whole = definition.restore?.(command, drained) ?? command;
      const { result } = this.#runner.execute(definition, key, whole, inputHash, asInstant(at), true);
      return { key, refused: result.ok ? null : result.error };
    });
  }

  /** Last step: commands are taken again. */
  finish(): void {
    this.#storage.sql.exec(
      'UPDATE _identity SET restoring = 0, behind = NULL, restore_from_epoch = NULL, restore_from_seq = NULL',
    );
    this.#identity.reread();
    this.#identity.tellBehind();
  }

  /**
   * A restore that failed is undone as far as it can be: what was repeated stays (it is committed, under its own keys), and the object is
   * what it was before. A file that is behind refuses commands as before, and the next restore goes on where this one stopped; a file that
   * was not takes commands again. Does nothing when none is under way.
   */
  abort(): void {
    const identity = this.#identity.get();
    if (!identity.restoring) return;
    const forget = identity.behind === null ? ', restore_from_epoch = NULL, restore_from_seq = NULL' : '';
    this.#storage.sql.exec(`UPDATE _identity SET restoring = 0${forget}`);
    this.#identity.reread();
  }

  /** Whoever restored has died or lost its way: it took no step for a while. Undone, so that no object stays closed for good. */
  abortAbandoned(): boolean {
    if (this.#identity.present?.restoring !== true || realNow() - this.#touchedAt < ABANDONED_MS) return false;
    this.abort();
    return true;
  }
}
