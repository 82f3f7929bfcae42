#include "data/import/zip_archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <utility>

#include "data/diagnostics.hpp"

namespace levee {
namespace {

/// The largest published member is GLORIA's transactions, some 7 GB.
constexpr std::uint64_t largest_member = 64ULL << 30U;
constexpr std::int64_t most_members = 100000;

bool hidden(const std::string& name) {
  const std::string file = std::filesystem::path(name).filename().string();
  return file.empty() || file.front() == '.' || name.starts_with("__MACOSX/");
}

std::string words(zip_error_t& error) {
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

}  // namespace

struct ZipArchive::Handle {
  Handle() = default;
  ~Handle() {
    if (archive != nullptr) zip_discard(archive);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  std::string bytes;  ///< of an archive in memory
  zip_t* archive = nullptr;
};

namespace {

class MemberBytes : public ByteStream {
 public:
  MemberBytes(std::shared_ptr<void> keep, zip_file_t* file, std::uint64_t size, std::string name)
      : keep_(std::move(keep)), file_(file), left_(size), name_(std::move(name)) {}
  ~MemberBytes() override { zip_fclose(file_); }
  MemberBytes(const MemberBytes&) = delete;
  MemberBytes& operator=(const MemberBytes&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    std::size_t done = 0;
    while (done < most) {
      const zip_int64_t count = zip_fread(file_, to + done, most - done);
      if (count < 0) {
        throw InputError({name_, 0, 0}, fmt::format("the archive is truncated or damaged here: {}",
                                                    zip_error_strerror(zip_file_get_error(file_))));
      }
      if (count == 0) break;
      if (static_cast<std::uint64_t>(count) > left_)
        throw InputError({name_, 0, 0}, "expands to more than the archive says it holds");
      left_ -= static_cast<std::uint64_t>(count);
      done += static_cast<std::size_t>(count);
    }
    if (done < most && left_ > 0) throw InputError({name_, 0, 0}, "ends before the size that the archive says it has");
    return done;
  }

 private:
  std::shared_ptr<void> keep_;
  zip_file_t* file_;
  std::uint64_t left_;
  std::string name_;
};

}  // namespace

ZipArchive::ZipArchive(std::shared_ptr<Handle> handle, std::string name)
    : handle_(std::move(handle)), name_(std::move(name)) {
  const zip_int64_t count = zip_get_num_entries(handle_->archive, 0);
  if (count > most_members)
    throw InputError({name_, 0, 0}, fmt::format("holds {} members, expected at most {}", count, most_members));
  for (zip_int64_t k = 0; k < count; ++k) {
    zip_stat_t about;
    zip_stat_init(&about);
    const auto index = static_cast<std::uint64_t>(k);
    if (zip_stat_index(handle_->archive, index, 0, &about) != 0 || about.name == nullptr) continue;
    const std::string member = about.name;
    if (!hidden(member)) members_.push_back({member, index, about.size});
  }
  std::ranges::sort(members_, {}, &Member::name);
}

ZipArchive ZipArchive::open(const std::string& path) {
  auto handle = std::make_shared<Handle>();
  int code = 0;
  handle->archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (handle->archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    throw InputError({path, 0, 0}, "is no whole zip archive: " + words(error));
  }
  return {std::move(handle), path};
}

ZipArchive ZipArchive::in_memory(std::string bytes, const std::string& name) {
  auto handle = std::make_shared<Handle>();
  handle->bytes = std::move(bytes);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(handle->bytes.data(), handle->bytes.size(), 0, &error);
  if (source == nullptr) throw InputError({name, 0, 0}, "is no whole zip archive: " + words(error));
  handle->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (handle->archive == nullptr) {
    zip_source_free(source);
    throw InputError({name, 0, 0}, "is no whole zip archive: " + words(error));
  }
  return {std::move(handle), name};
}

const ZipArchive::Member* ZipArchive::find(const std::string& name) const {
  const auto found = std::ranges::find(members_, name, &Member::name);
  return found == members_.end() ? nullptr : &*found;
}

std::unique_ptr<ByteStream> ZipArchive::open(const Member& member) const {
  const std::string name = name_ + "/" + member.name;
  if (member.size > largest_member) {
    throw InputError({name, 0, 0}, fmt::format("claims to hold {} bytes, more than any published table ({})",
                                               member.size, largest_member));
  }
  zip_file_t* file = zip_fopen_index(handle_->archive, member.index, 0);
  if (file == nullptr) {
    throw InputError({name, 0, 0},
                     fmt::format("cannot be expanded: {}", zip_error_strerror(zip_get_error(handle_->archive))));
  }
  return std::make_unique<MemberBytes>(handle_, file, member.size, name);
}

}  // namespace levee
