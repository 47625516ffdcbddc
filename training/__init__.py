import alongside.core.rating.runtime  # noqa: F401 - tells ONNX Runtime to call nobody before anything here imports it
