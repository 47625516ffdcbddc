"""What runs the model: ONNX Runtime, told to call nobody.

It sends what it calls telemetry to its maker by default, with names and hashes of the model and an id of the machine,
and reads this setting when it is first imported. So it is imported from here, and from nowhere else.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from onnxruntime import InferenceSession, SessionOptions

__all__ = ["InferenceSession", "SessionOptions"]
