-- A page of the projection must continue where D1 stands: a gap or a rewound object aborts the whole batch (docs/architecture.md § Epochs).
CREATE TRIGGER object_heads_first BEFORE INSERT ON object_heads WHEN NEW.from_seq > 0 AND NEW.epoch = 1 BEGIN SELECT RAISE(ABORT, 'projection_gap'); END;
--> statement-breakpoint
CREATE TRIGGER object_heads_behind BEFORE UPDATE ON object_heads WHEN NEW.epoch < OLD.epoch OR (NEW.epoch = OLD.epoch AND OLD.seq > NEW.seq) BEGIN SELECT RAISE(ABORT, 'object_behind'); END;
--> statement-breakpoint
CREATE TRIGGER object_heads_gap BEFORE UPDATE ON object_heads WHEN NEW.epoch = OLD.epoch AND OLD.seq < NEW.from_seq BEGIN SELECT RAISE(ABORT, 'projection_gap'); END;
--> statement-breakpoint
CREATE TRIGGER feed_other_history BEFORE UPDATE ON feed WHEN NEW.epoch = OLD.epoch AND NEW.seq = OLD.seq AND NEW.event_id <> OLD.event_id BEGIN SELECT RAISE(ABORT, 'object_behind'); END;

--> statement-breakpoint
-- The activity log is append-only; its personal values lie in audit_values, which erasure empties.
CREATE TRIGGER audit_log_append_only BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END;
