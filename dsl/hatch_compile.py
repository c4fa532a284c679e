"""Build hook: compile the statutes and put the core, as canonical JSON, beside them in the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileStatutes(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles `statutes/jp`; the build fails if the statutes have errors."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root / "dsl")]
        from kitei_dsl.codec import canonical
        from kitei_dsl.diagnostics import render
        from kitei_dsl.pipeline import compile_folder

        program, found = compile_folder(root / "statutes" / "jp")
        errors = [render(d) for d in found if d.severity == "error"]
        if errors:
            raise SystemExit("\n\n".join(errors))
        folder = Path(tempfile.mkdtemp(prefix="kitei-core-"))
        compiled = folder / "compiled.core.json"
        compiled.write_text(canonical(program), encoding="utf-8")
        build_data["force_include"][str(compiled)] = "kitei/statutes/jp/compiled.core.json"
