// Forced in front of better-sqlite3 13 to build it for Node-API 9 (Node 20, Electron 33).
// It keeps references to strings and plain values, which Node-API allows from version 10 on;
// before that only an object can be referred to. So each such value is kept in an object with one field.
#pragma once
#undef NAPI_VERSION
#define NAPI_VERSION 9
#include <napi.h>

namespace strata {
constexpr const char* kField = "value";

inline napi_ref Keep(Napi::Env env, const Napi::Value& value, uint32_t count) {
  Napi::Object box = Napi::Object::New(env);
  box.Set(kField, value);
  napi_ref ref = nullptr;
  napi_create_reference(env, box, count, &ref);
  return ref;
}

inline Napi::Value Fetch(Napi::Env env, napi_ref ref) {
  napi_value box = nullptr;
  napi_get_reference_value(env, ref, &box);
  return Napi::Object(env, box).Get(kField);
}
}  // namespace strata

namespace Napi {
template <>
inline Reference<String> Reference<String>::New(const String& value, uint32_t count) {
  return Reference<String>(value.Env(), strata::Keep(value.Env(), value, count));
}

template <>
inline String Reference<String>::Value() const {
  return _ref == nullptr ? String() : strata::Fetch(_env, _ref).As<String>();
}

template <>
inline Reference<Napi::Value> Reference<Napi::Value>::New(const Napi::Value& value, uint32_t count) {
  return Reference<Napi::Value>(value.Env(), strata::Keep(value.Env(), value, count));
}

template <>
inline Napi::Value Reference<Napi::Value>::Value() const {
  return _ref == nullptr ? Napi::Value() : strata::Fetch(_env, _ref);
}
}  // namespace Napi
