# cell: utime: gmtime, strftime, time_ns, perf_counter do not exist
# firmware: documented 2021 2025 2026
import utime

print([name for name in ('gmtime', 'strftime', 'time_ns', 'perf_counter') if hasattr(utime, name)])
